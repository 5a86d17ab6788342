//! The chapters of the play, in the order in which the money flows.

mod budgets;
mod contract;
mod delivery;
mod evidence;
mod follow_up;
mod leads;
mod money;
mod preparation;
mod quality;

use super::{Failed, Play};

pub async fn play_all(play: &mut Play<'_>) -> Result<(), Failed> {
    preparation::play(play).await?;
    leads::play(play).await?;
    follow_up::play(play).await?;
    quality::play(play).await?;
    budgets::play(play).await?;
    contract::play(play).await?;
    delivery::play(play).await?;
    money::play(play).await?;
    evidence::play(play).await
}
