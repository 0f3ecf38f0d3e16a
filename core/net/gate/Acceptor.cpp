#include "core/net/gate/Acceptor.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

bool stays(const ListeningSocket &door, const QList<ListenPoint> &points) { return points.contains(door.wanted()) && !door.isLost(); }

} // namespace

Acceptor::Acceptor(ListeningSocket::HandOver handOver) : m_handOver(std::move(handOver)), m_thread("accept") {}

Acceptor::~Acceptor() { close(); }

Result<void> Acceptor::open(const ListenConfig &listenConfig)
{
    Result<void> result;
    m_thread.run([&] { result = listenConfig.inherited.isEmpty() ? change(listenConfig) : inherit(listenConfig.inherited); });
    return result;
}

Result<void> Acceptor::inherit(const QList<int> &descriptors)
{
    if (m_isInherited)
        return {};
    ListeningSockets listenConfig;
    for (const int descriptor : descriptors) {
        auto door = ListeningSocket::inherit(descriptor, m_handOver);
        if (!door)
            return refused(door);
        listenConfig.push_back(std::move(*door));
    }
    m_doors = std::move(listenConfig);
    m_isInherited = true;
    return {};
}

Result<void> Acceptor::change(const ListenConfig &listenConfig)
{
    auto opened = openMissing(listenConfig.points);
    if (!opened)
        return refused(opened);
    for (const auto *list : {&m_doors, &*opened}) {
        for (const auto &door : *list) {
            if (!stays(*door, listenConfig.points))
                continue;
            if (const auto restricted = door->restrict(listenConfig.unixMode, listenConfig.unixGroup); !restricted)
                return restricted;
        }
    }
    keepOnly(listenConfig.points);
    std::ranges::move(*opened, std::back_inserter(m_doors));
    return {};
}

Result<Acceptor::ListeningSockets> Acceptor::openMissing(const QList<ListenPoint> &points)
{
    ListeningSockets opened;
    for (const ListenPoint &point : points) {
        if (find(point) || std::ranges::any_of(opened, [&point](const auto &door) { return door->wanted() == point; }))
            continue;
        auto door = ListeningSocket::open(point, m_handOver);
        if (!door)
            return std::unexpected(explained(std::move(door.error()), point, points));
        opened.push_back(std::move(*door));
    }
    return opened;
}

ListeningSocket *Acceptor::find(const ListenPoint &point) const
{
    const auto found = std::ranges::find_if(m_doors, [&point](const auto &door) { return stays(*door, {point}); });
    return found == m_doors.end() ? nullptr : found->get();
}

/// The "other program" may be ourselves: a port cannot change its address while it is open.
Error Acceptor::explained(Error refusal, const ListenPoint &point, const QList<ListenPoint> &wanted) const
{
    const auto isInTheWay = [&](const auto &door) {
        return !point.isUnix() && !door->wanted().isUnix() && door->wanted().place.port == point.place.port
               && !wanted.contains(door->wanted());
    };
    const auto own = std::ranges::find_if(m_doors, isInTheWay);
    if (refusal.code == ErrorCode::Conflict && own != m_doors.end())
        refusal.detail =
            u"cannot listen on %1 while %2 is open: this change needs a restart"_s.arg(toText(point), toText((*own)->wanted()));
    return refusal;
}

void Acceptor::keepOnly(const QList<ListenPoint> &points)
{
    const auto leaving = std::ranges::stable_partition(m_doors, [&points](const auto &door) { return stays(*door, points); });
    for (const auto &door : leaving)
        door->finish();
    m_doors.erase(leaving.begin(), leaving.end());
}

QList<ListenPoint> Acceptor::places()
{
    QList<ListenPoint> all;
    m_thread.run([&] {
        for (const auto &door : m_doors)
            all += door->place();
    });
    return all;
}

void Acceptor::pause()
{
    m_thread.run([this] {
        for (const auto &door : m_doors)
            door->setOpen(false);
    });
}

void Acceptor::resume()
{
    m_thread.run([this] {
        for (const auto &door : m_doors)
            door->setOpen(true);
    });
}

void Acceptor::close()
{
    m_thread.run([this] {
        keepOnly({});
        m_isInherited = false;
    });
}

} // namespace warder
