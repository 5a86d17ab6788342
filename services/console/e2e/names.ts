const CHARACTERS = [...'岑漪棠砚峤屿霁沅澜湛翊珩弈昀晞霖桉槿苒蘅笙箬栎楠珞琤瑄璟瓒煦熠曜'];
const TRADES = ['机电', '装备', '仪器', '泵业', '电子', '模具', '洁净', '自动化'];
const TOWNS = ['云溪', '东岭', '白石', '清河', '柳浦', '石塘', '南桥', '青浦埠'];

const oneOf = (list: readonly string[]): string => list[Math.floor(Math.random() * list.length)] as string;

/** A word that stands nowhere else: what a test makes has to be found again, also after the same test has run before. */
export const newWord = (): string => Array.from({ length: 3 }, () => oneOf(CHARACTERS)).join('');

/** A company that no demonstration has, named so that a picture of it could be one of the demonstration. */
export const newCompany = (): string => `${oneOf(TOWNS)}${newWord()}${oneOf(TRADES)}有限公司`;
