//! The networks in candle's operations write what the kernels write. Run on the processor, which proves everything but a
//! device's own kernels.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use candle_core::Device;
use speech::candle::{DeviceDecoder, DeviceEncoder};
use speech::engine::{Hints, load};
use speech::kernels::Cpu;
use speech::layers::{Compute, ModelFolder, Precision, Weights};
use speech::mel::MelFilter;
use speech::whisper::{Config, DecodeOptions, Decoder, Encoder, Step};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn samples(name: &str) -> Vec<f32> {
    let expected = Weights::open(&ModelFolder::open(&fixture(name).join("expected")).unwrap()).unwrap();
    expected.get("samples", &expected.shape("samples").unwrap()).unwrap()
}

fn exact() -> Compute {
    Compute::new(Cpu::detect(), Precision::Exact, 1).unwrap()
}

fn difference(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn encoders_hear_and_decoders_write_the_same() {
    for name in ["single-80", "bfloat-128"] {
        let folder = ModelFolder::open(&fixture(name)).unwrap();
        let (config, weights) = (Config::read(&folder).unwrap(), Weights::open(&folder).unwrap());
        let mel = MelFilter::new(config.num_mel_bins).compute(&samples(name));
        let compute = exact();
        let heard = Encoder::load(&weights, &config, Precision::Exact).unwrap().forward(&compute, &mel);
        let device = DeviceEncoder::load(&weights, &config, &Device::Cpu).unwrap();
        let there = device.forward(&mel).unwrap();
        let values: Vec<f32> = there.flatten_all().unwrap().to_vec1().unwrap();
        assert!(difference(&heard.values, &values) < 1e-4, "{name}");

        let decoder = Decoder::load(&weights, &config, Precision::Exact).unwrap();
        let device = DeviceDecoder::load(&weights, &config, &Device::Cpu).unwrap();
        let (cross, there) = (decoder.listen(&compute, &heard), device.listen(&there).unwrap());
        let (mut one, mut two) = (decoder.start(&cross), decoder.start(&cross));
        let (mut first, mut second) = (device.start(&there), device.start(&there));
        for tokens in [[vec![1, 2, 5], vec![7]], [vec![9], vec![3, 4]], [vec![8], vec![11]]] {
            let mut steps =
                [Step { sequence: &mut one, tokens: &tokens[0] }, Step { sequence: &mut two, tokens: &tokens[1] }];
            let want = decoder.step(&compute, &mut steps);
            let got = device.step(&mut [(&mut first, &tokens[0]), (&mut second, &tokens[1])]).unwrap();
            assert!(difference(&want, &got) < 1e-3, "{name} after {tokens:?}");
        }
        assert_eq!((first.len(), second.len()), (one.len(), two.len()));
    }
}

#[test]
fn a_recogniser_on_a_device_writes_the_same() {
    let clips = samples("single-80").repeat(3);
    let clips = [&clips[..], &clips[..20_000]];
    let run = |compute| {
        let model = load(&fixture("single-80"), compute, DecodeOptions::default()).unwrap();
        model.recognise(&clips, &Hints::default(), &mut |_| ()).unwrap()
    };
    let (here, there) = (run(exact()), run(exact().on(Device::Cpu)));
    let texts = |heard: &[Vec<speech::engine::Utterance>]| {
        heard.iter().flatten().map(|utterance| (utterance.range.clone(), utterance.text.clone())).collect::<Vec<_>>()
    };
    assert!(!here.concat().is_empty());
    assert_eq!(texts(&here), texts(&there));
}
