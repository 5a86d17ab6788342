use proptest::prelude::*;

use super::super::tidy;
use super::*;

fn masked(text: &str) -> String {
    mask(text).text
}

#[test]
fn telephones_go() {
    assert_eq!(masked("我的手机是13800138000，记一下"), "我的手机是【电话】，记一下");
    assert_eq!(masked("打138 0013 8000"), "打【电话】");
    assert_eq!(masked("+86-138-0013-8000"), "+【电话】");
    assert_eq!(masked("座机010-62345678转801"), "座机【电话】");
    assert_eq!(masked("0571-8765432"), "【电话】");
    assert_eq!(masked("电话是6234567"), "电话是【电话】");
}

#[test]
fn identities_and_cards_go() {
    assert_eq!(masked("身份证11010519491231002X"), "身份证【身份证】");
    assert_eq!(masked("号码440308199901010012吧"), "号码【身份证】吧");
    assert_eq!(masked("110105491231002"), "【身份证】");
    assert_eq!(masked("卡号6222 0210 0111 6245 702"), "卡号【银行卡】");
    assert_eq!(masked("4111111111111111"), "【银行卡】");
}

#[test]
fn amounts_dates_and_orders_stay() {
    for text in
        ["合同125.3万元", "12000元，13800元", "2026年3月5日", "2026-03-05", "订单20260305001", "100 200 300", ""]
    {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn what_was_said_digit_by_digit_goes_too() {
    assert_eq!(tidy("我電話是幺三八零零一三八零零零").text, "我电话是【电话】");
    assert_eq!(tidy("幺三八，零零一三，八零零零，你記一下").text, "【电话】，你记一下");
}

#[test]
fn what_was_found_is_told_without_the_digits() {
    let text = "打13800138000";
    let found = mask(text).found;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].secret, &text[found[0].source.clone()]), (Secret::Telephone, "13800138000"));
}

proptest! {
    #[test]
    fn no_mobile_number_survives(before in "[一-龥，。]{0,8}", second in 3..10_u64, rest in 0..1_000_000_000_u64, after in "[一-龥，。]{0,8}") {
        let number = format!("1{second}{rest:09}");
        let spaced = format!("{} {} {}", &number[..3], &number[3..7], &number[7..]);
        for form in [number.clone(), spaced] {
            let text = masked(&format!("{before}{form}{after}"));
            prop_assert!(!text.bytes().any(|byte| byte.is_ascii_digit()), "{}", text);
        }
    }

    #[test]
    fn any_text_can_be_masked_and_text_without_digits_stays(text in "\\PC{0,60}") {
        let masked = mask(&text);
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            prop_assert_eq!(masked.text, text);
        }
    }

    #[test]
    fn masking_twice_is_masking_once(text in "[0-9 ，x号]{0,60}") {
        let once = masked(&text);
        prop_assert_eq!(masked(&once), once);
    }
}
