import { type SetURLSearchParams, useSearchParams } from 'react-router';

/** What a list is narrowed to. It stands in the address, so that it can be kept, shared and gone back to. */
export function useNarrowing() {
  const [params, setParams] = useSearchParams();
  const change = (name: string, value: string | undefined | null) => {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    setParams(next, { replace: true });
  };
  const search: [URLSearchParams, SetURLSearchParams] = [params, setParams];
  return { params, change, search };
}

/** The parameters of these names that are there. */
export function filterOf<Filter extends object>(params: URLSearchParams, names: readonly (keyof Filter & string)[]): Filter {
  return Object.fromEntries(names.map((name) => [name, params.get(name)]).filter(([, value]) => value)) as Filter;
}
