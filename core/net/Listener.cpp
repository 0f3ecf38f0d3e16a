#include "core/net/Listener.h"

#include "core/net/HttpThread.h"
#include "core/net/gate/Acceptor.h"
#include "core/net/gate/GateWire.h"

#include <algorithm>
#include <iterator>
#include <ranges>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr Milliseconds lastPatience {2'000};

std::size_t threadsOf(const ServeConfig &config) { return std::size_t(std::clamp(config.limits.threads, 1, 64)); }

} // namespace

Listener::Listener(ConnectionCounts &counts) : m_counts(counts) {}

Listener::~Listener() { stop(lastPatience); }

Result<void> Listener::listen(const ListenConfig &listenConfig, ServeConfigPtr config)
{
    if (isListening())
        return refused(ErrorCode::Conflict, u"the server already listens"_s);
    m_counts.setLimits(config->limits);
    m_acceptor = std::make_unique<Acceptor>([this](const AcceptedConnection &accepted) { handOver(accepted); });
    auto started = reconfigure(listenConfig, std::move(config));
    if (!started)
        stop(Milliseconds(0));
    return started;
}

Result<void> Listener::reconfigure(const ListenConfig &listenConfig, ServeConfigPtr config)
{
    auto more = moreThreads(config);
    if (!more)
        return refused(more);
    if (m_threads.empty()) // before the first socket listens there must be a thread to hand over to
        employ(std::exchange(*more, {}));
    if (const auto opened = m_acceptor->open(listenConfig); !opened)
        return opened;
    remember(m_acceptor->places());
    employ(std::move(*more));
    setServeConfig(config);
    return {};
}

void Listener::setServeConfig(const ServeConfigPtr &config)
{
    m_counts.setLimits(config->limits);
    retireThreads(config);
    m_drainIdle = config->limits.drainIdle;
    for (const auto &thread : m_threads)
        thread->reconfigure(config);
}

/// As many as there are too few.
Result<Listener::Threads> Listener::moreThreads(const ServeConfigPtr &config) const
{
    Threads more;
    for (std::size_t i = m_threads.size(); i < threadsOf(*config); ++i) {
        more.push_back(std::make_unique<HttpThread>(int(i), config, m_counts));
        if (!more.back()->isReady())
            return refused(ErrorCode::Internal, u"cannot start the HTTP threads: the system has no sockets left"_s);
    }
    return more;
}

void Listener::employ(Threads more)
{
    const std::scoped_lock lock(m_mutex);
    std::ranges::move(more, std::back_inserter(m_threads));
}

/// Takes the threads too many out of service.
void Listener::retireThreads(const ServeConfigPtr &config)
{
    std::erase_if(m_retired, [](const auto &thread) { return thread->load() == 0; });
    const auto retired = m_retired.size();
    {
        const std::scoped_lock lock(m_mutex);
        for (; m_threads.size() > threadsOf(*config); m_threads.pop_back())
            m_retired.push_back(std::move(m_threads.back()));
    }
    for (const auto &thread : m_retired | std::views::drop(retired))
        thread->drain(config->limits.idle);
}

/// Whoever is one too many is turned away here, before a descriptor of theirs waits for an HTTP thread.
void Listener::handOver(const AcceptedConnection &accepted)
{
    if (!m_counts.enter(accepted.peer))
        return wire::close(accepted.descriptor);
    const std::scoped_lock lock(m_mutex);
    const auto idlest = std::ranges::min_element(m_threads, {}, [](const auto &thread) { return thread->load(); });
    (*idlest)->adopt(accepted);
}

void Listener::remember(QList<ListenPoint> places)
{
    const std::scoped_lock lock(m_mutex);
    m_places = std::move(places);
}

bool Listener::isListening() const { return !places().isEmpty(); }

QList<ListenPoint> Listener::places() const
{
    const std::scoped_lock lock(m_mutex);
    return m_places;
}

quint16 Listener::port() const
{
    const auto all = places();
    const auto first = std::ranges::find_if_not(all, &ListenPoint::isUnix);
    return first == all.end() ? 0 : first->place.port;
}

void Listener::setAccepting(bool accepting)
{
    if (isListening())
        m_acceptor->setAccepting(accepting);
}

void Listener::stop(Milliseconds deadline)
{
    const auto until = std::chrono::steady_clock::now() + deadline;
    m_acceptor.reset();
    remember({});
    Threads leaving = std::move(m_retired);
    {
        const std::scoped_lock lock(m_mutex);
        std::ranges::move(m_threads, std::back_inserter(leaving));
        m_threads.clear();
    }
    for (const auto &thread : leaving)
        thread->drain(m_drainIdle);
    for (const auto &thread : leaving)
        thread->waitUntilEmpty(until);
    m_retired.clear();
}

bool Listener::answers() const
{
    const std::scoped_lock lock(m_mutex);
    return std::ranges::count_if(m_threads, [](const auto &thread) { return !thread->answers(); }) == 0; // asks each of them
}

std::vector<int> Listener::load() const
{
    const std::scoped_lock lock(m_mutex);
    std::vector<int> loads;
    for (const auto &thread : m_threads)
        loads.push_back(thread->load());
    return loads;
}

} // namespace warder
