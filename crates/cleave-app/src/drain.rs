//! Sending what is left before an account or the window is left.

use std::time::{Duration, Instant};

use cleave_core::outbox::{Hold, State};
use cleave_sync::{SenderEvent, Step};

use crate::Inner;
use crate::active::{Active, Net};
use crate::ipc::{AppError, Connection};

/// Longest sleep between two looks at whether there is something to send.
const NAP: Duration = Duration::from_millis(500);
/// Shortest, so that the time has come for the sender too.
const LEAST: Duration = Duration::from_millis(5);

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Until {
    /// Nothing is left that the machine could do, pauses and quarantines included.
    Idle,
    /// Nothing is left that can be sent now.
    Sent,
}

impl Inner {
    /// Ends the cancel windows and sends what waits, until nothing is left, the server cannot be reached, or the time is
    /// over. A send that is under way then is seen to its end; where the application is shut down, it is cut off and
    /// stays as it is persisted.
    pub async fn drain(
        &self,
        active: &Active,
        net: &Net,
        until: Until,
        budget: Duration,
    ) -> Result<(), AppError> {
        tokio::select! {
            biased;
            () = self.ends() => Ok(()),
            drained = self.drain_for(active, net, until, budget) => drained,
        }
    }

    async fn drain_for(
        &self,
        active: &Active,
        net: &Net,
        until: Until,
        budget: Duration,
    ) -> Result<(), AppError> {
        let start = Instant::now();
        net.sender.wake();
        while start.elapsed() < budget {
            self.end_windows(active, net).await?;
            match net.sender.step().await? {
                Step::Moved(moved) => self.sent(active, SenderEvent::Moved(moved)).await,
                Step::Idle { wait } => {
                    let reachable =
                        matches!(active.status().connection, Connection::Online | Connection::Connecting);
                    let states = active.disk(|store| store.unsettled()).await?;
                    let left = states.iter().any(|entry| match until {
                        Until::Idle => moves_by_itself(entry.state),
                        Until::Sent => can_be_sent_now(entry.state),
                    });
                    let Some(wait) = wait.filter(|_| left && reachable) else { return Ok(()) };
                    let rest = budget.saturating_sub(start.elapsed());
                    tokio::time::sleep(wait.clamp(LEAST, NAP).min(rest)).await;
                }
            }
        }
        Ok(())
    }
}

/// Whether something about the decision happens without a person.
fn moves_by_itself(state: State) -> bool {
    match state {
        State::Queued(hold) => !matches!(hold, Hold::ReviewNeeded | Hold::Auth | Hold::WrongAccount),
        State::Checking | State::Sending | State::Uncertain => true,
        _ => false,
    }
}

/// Whether the decision is on its way, or waits for nothing but its turn and its cancel window.
pub(crate) fn can_be_sent_now(state: State) -> bool {
    matches!(
        state,
        State::Queued(Hold::None | Hold::CancelWindow | Hold::Dependency) | State::Checking | State::Sending
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_sent_now_moves_by_itself_and_what_is_settled_does_not() {
        for state in State::all() {
            assert!(moves_by_itself(state) || !can_be_sent_now(state), "{state:?}");
            let stands = state.is_final() || state.needs_person() || state == State::Draft;
            assert!(!(stands && moves_by_itself(state)), "{state:?}");
        }
        assert!(moves_by_itself(State::Uncertain) && !can_be_sent_now(State::Uncertain));
        assert!(
            moves_by_itself(State::Queued(Hold::Backoff)) && !can_be_sent_now(State::Queued(Hold::Offline))
        );
    }
}
