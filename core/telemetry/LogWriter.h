#pragma once

#include "core/base/Clock.h"

#include <QByteArray>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

namespace warder {

/// Brings whole lines to a descriptor and never lets who logs wait for whoever reads there: a pipe, socket or terminal is written by
/// a thread of its own from a queue of at most 1 MiB, a file at once. What finds no room, no disk or no reader is dropped and counted,
/// and a notice stands in its place once lines flow again. Any thread. Lives as long as the process: its thread may be stuck in a write.
class LogWriter final
{
public:
    /// The line that says how many are missing where it stands.
    using Notice = std::function<QByteArray(quint64 dropped)>;

    explicit LogWriter(Notice notice) : m_notice(std::move(notice)) {}
    Q_DISABLE_COPY_MOVE(LogWriter)

    /// Where lines go from now on, after what was taken for the former descriptor.
    void setDescriptor(int descriptor);

    void write(const QByteArray &line);

    /// Waits until every line taken so far is written. Gives up, false, once nothing moves for `patience`.
    bool flush(Milliseconds patience);

    /// Lines dropped since the start.
    quint64 dropped() const { return m_dropped; }

private:
    enum class Way { Unknown, AtOnce, ByThread };

    Way way();
    void work();
    void writeBatch(std::deque<QByteArray> batch);
    void writeLines(const QByteArray &lines, quint64 count);
    bool writeNotice();
    bool writeAll(QByteArrayView bytes);

    const Notice m_notice;
    std::atomic<quint64> m_dropped {0};
    std::atomic<quint64> m_moved {0}; ///< Bytes: whether the reader still reads.
    std::atomic<int> m_descriptor {2};
    quint64 m_unreported = 0; ///< Dropped lines that no notice told of. This and the next: of whoever writes.
    bool m_isTorn = false;    ///< The last write left half a line.
    std::mutex m_mutex;       ///< Guards the rest.
    std::condition_variable m_filled;
    std::condition_variable m_emptied;
    Way m_way = Way::Unknown;
    std::deque<QByteArray> m_waiting;
    qsizetype m_waitingBytes = 0;
    quint64 m_missing = 0; ///< Dropped after what waits; until the thread takes those, nothing more is taken.
    bool m_isWriting = false;
};

} // namespace warder
