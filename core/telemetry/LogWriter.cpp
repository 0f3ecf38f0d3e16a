#include "core/telemetry/LogWriter.h"

#include "core/platform/Files.h"

#include <cerrno>
#include <climits>
#include <poll.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace warder {
namespace {

constexpr qsizetype mostWaiting = 1024 * 1024;

/// What a pipe takes as a whole, so that the lines of two programs on one pipe do not mix.
constexpr qsizetype mostAtOnce = PIPE_BUF;

/// A disk does not stand still as a reader does.
bool isFile(int descriptor)
{
    const auto status = platform::statusOf(descriptor);
    return !status || status->kind == platform::FileStatus::Kind::Regular;
}

} // namespace

void LogWriter::setDescriptor(int descriptor)
{
    if (descriptor != m_descriptor)
        flush(Seconds {1});
    const std::lock_guard lock(m_mutex);
    m_descriptor = descriptor;
    if (m_way == Way::AtOnce)
        m_way = Way::Unknown;
}

LogWriter::Way LogWriter::way()
{
    if (m_way != Way::Unknown)
        return m_way;
    m_way = Way::AtOnce;
    if (isFile(m_descriptor))
        return m_way;
    try {
        std::thread([this] { work(); }).detach();
        m_way = Way::ByThread;
    } catch (const std::system_error &) { // no more threads: better a log that may hold us up than none
    }
    return m_way;
}

void LogWriter::write(const QByteArray &line)
{
    const std::lock_guard lock(m_mutex);
    if (way() == Way::AtOnce)
        return writeLines(line, 1);
    if (m_missing > 0 || m_waitingBytes + line.size() > mostWaiting) {
        ++m_missing;
        ++m_dropped;
        return;
    }
    m_waiting.push_back(line);
    m_waitingBytes += line.size();
    if (m_waiting.size() == 1)
        m_filled.notify_one();
}

void LogWriter::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_filled.wait(lock, [this] { return !m_waiting.empty(); });
        auto batch = std::exchange(m_waiting, {});
        const quint64 missing = std::exchange(m_missing, 0);
        m_waitingBytes = 0;
        m_isWriting = true;
        lock.unlock();
        writeBatch(std::move(batch));
        m_unreported += missing;
        (void)writeNotice();
        lock.lock();
        m_isWriting = false;
        m_emptied.notify_all();
    }
}

void LogWriter::writeBatch(std::deque<QByteArray> batch)
{
    while (!batch.empty()) {
        QByteArray lines;
        quint64 count = 0;
        while (!batch.empty() && (count == 0 || lines.size() + batch.front().size() <= mostAtOnce)) {
            lines += batch.front();
            batch.pop_front();
            ++count;
        }
        writeLines(lines, count);
    }
}

void LogWriter::writeLines(const QByteArray &lines, quint64 count)
{
    if (!writeNotice() || !writeAll(lines)) {
        m_unreported += count;
        m_dropped += count;
    }
}

bool LogWriter::writeNotice()
{
    if (m_unreported > 0 && !writeAll(m_notice(m_unreported)))
        return false;
    m_unreported = 0;
    return true;
}

bool LogWriter::writeAll(QByteArrayView bytes)
{
    const QByteArray onItsOwnLine = m_isTorn ? '\n' + bytes.toByteArray() : QByteArray();
    if (m_isTorn)
        bytes = onItsOwnLine;
    while (!bytes.isEmpty()) {
        const auto written = ::write(m_descriptor, bytes.data(), size_t(std::min(bytes.size(), mostAtOnce)));
        if (written > 0) {
            bytes = bytes.sliced(written);
            m_moved += quint64(written);
            m_isTorn = !bytes.isEmpty();
        } else if (written < 0 && errno == EAGAIN) { // who shares it with us made it so
            pollfd room {.fd = m_descriptor, .events = POLLOUT, .revents = 0};
            ::poll(&room, 1, -1);
        } else if (written == 0 || errno != EINTR) {
            return false;
        }
    }
    return true;
}

bool LogWriter::flush(Milliseconds patience)
{
    std::unique_lock lock(m_mutex);
    const auto isEmpty = [this] { return m_waiting.empty() && !m_isWriting; };
    for (quint64 before = m_moved; !m_emptied.wait_for(lock, patience, isEmpty); before = m_moved) {
        if (m_moved == before)
            return false;
    }
    return true;
}

} // namespace warder
