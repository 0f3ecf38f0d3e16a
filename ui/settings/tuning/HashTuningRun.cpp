#include "ui/settings/tuning/HashTuningRun.h"

#include "ui/support/Ask.h"

#include <QFutureWatcher>

namespace warder {
namespace {

constexpr qint64 progressOfTrial = 100;

} // namespace

void HashTuningRun::begin(Milliseconds target, int memoryMib, const HashCostView &now)
{
    m_order = TuneHashing {.target = target, .memoryMib = memoryMib};
    step(now);
}

void HashTuningRun::step(const HashCostView &next)
{
    m_step = m_console.ask(m_order);
    Q_EMIT measuring(next);
    const auto tell = [this, before = m_order.tried.size() * progressOfTrial](qint64 more) {
        Q_EMIT progressed(before + more, TuneHashing::mostTrials * progressOfTrial);
    };
    tell(0);
    auto *watcher = new QFutureWatcher<void>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this, [tell, watcher](int done) {
        if (watcher->progressMaximum() > 0) // else it only begins
            tell(done * progressOfTrial / watcher->progressMaximum());
    });
    connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(QFuture<void>(m_step));
    ask(
        m_step, this, [this](const TuningView &view) { take(view); },
        [this](const Error &error) { Q_EMIT failed(error, m_step.isCanceled()); });
}

void HashTuningRun::take(const TuningView &view)
{
    m_order.tried = view.tried;
    Q_EMIT measured(view);
    if (!view.next)
        return;
    if (m_step.isCanceled()) // while the answer was on its way
        Q_EMIT failed({}, true);
    else
        step(*view.next);
}

} // namespace warder
