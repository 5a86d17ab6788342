//! Time of the processor and time on the clock.

use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};
use serde_json::{Value, json};

use crate::figure;

/// Milliseconds that some work took.
#[derive(Clone, Copy)]
pub struct Time {
    pub cpu: f64,
    pub wall: f64,
}

impl Time {
    pub fn of<T>(work: impl FnOnce() -> T) -> Self {
        let (cpu, wall) = (processor(), Instant::now());
        std::hint::black_box(work());
        Self { cpu: (processor() - cpu) * 1e3, wall: wall.elapsed().as_secs_f64() * 1e3 }
    }

    pub fn median(times: &[Self]) -> Self {
        let middle = |of: fn(&Self) -> f64| figure::median(times.iter().map(of).collect());
        Self { cpu: middle(|time| time.cpu), wall: middle(|time| time.wall) }
    }

    /// How much of something is done in a second of the time that counts.
    pub fn rate(self, amount: f64, threads: usize) -> f64 {
        amount / self.counted(threads) * 1e3
    }

    /// What a figure says beside its rate.
    pub fn shown(self) -> Value {
        json!({ "cpu_ms": self.cpu.round(), "wall_ms": self.wall.round() })
    }

    /// What counts: alone the processor's time, which other load does not touch; with several threads the clock.
    fn counted(self, threads: usize) -> f64 {
        if threads == 1 { self.cpu } else { self.wall }
    }
}

fn processor() -> f64 {
    let now = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), now.tv_nsec as u32).as_secs_f64()
}
