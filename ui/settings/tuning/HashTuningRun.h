#pragma once

#include "core/console/Console.h"
#include "core/console/orders/Hashing.h"

#include <QObject>

namespace warder {

/// One tuning of password hashing on the server, step by step until it is over, stopped, or refused. Its end stops it. GUI thread.
class HashTuningRun final : public QObject
{
    Q_OBJECT
public:
    HashTuningRun(Console &console, QObject *parent) : QObject(parent), m_console(console) {}
    ~HashTuningRun() override { stop(); }

    /// `now`: what the server measures first. Not while one goes on.
    void begin(Milliseconds target, int memoryMib, const HashCostView &now);
    void stop() { m_step.cancel(); }

Q_SIGNALS:
    /// This is being measured now.
    void measuring(const warder::HashCostView &cost);
    /// About: of a search nobody knows how long it takes.
    void progressed(qint64 done, qint64 all);
    /// A hash more was measured; the last time with what is proposed.
    void measured(const warder::TuningView &view);
    /// `wasStopped`: by stop().
    void failed(const warder::Error &error, bool wasStopped);

private:
    void step(const HashCostView &next);
    void take(const TuningView &view);

    Console &m_console;
    TuneHashing m_order;
    Answer<TuningView> m_step;
};

} // namespace warder
