#include "core/net/gate/SendQueue.h"

#include "core/net/gate/GateWire.h"

#include <QAbstractSocket>

namespace warder {
namespace {

constexpr std::size_t pieceSize = 64 * 1024;

} // namespace

void SendQueue::write(std::string_view bytes)
{
    if (m_pieces.empty() && bytes.size() <= pieceSize) {
        m_wire.write(bytes.data(), qint64(bytes.size()));
        return;
    }
    m_waiting += qint64(bytes.size());
    for (; !bytes.empty(); bytes.remove_prefix(std::min(pieceSize, bytes.size())))
        m_pieces.emplace_back(bytes.substr(0, pieceSize));
    feed();
}

bool SendQueue::wantsMore() const { return !m_pieces.empty() && wire::unsent(m_wire) < qint64(pieceSize); }

void SendQueue::feed()
{
    while (wantsMore()) {
        const std::string piece = std::move(m_pieces.front());
        m_pieces.pop_front();
        m_waiting -= qint64(piece.size());
        m_wire.write(piece.data(), qint64(piece.size()));
    }
}

void SendQueue::flush()
{
    do {
        feed();
        m_wire.flush();
    } while (wantsMore());
}

qint64 SendQueue::unsent() const { return m_waiting + wire::unsent(m_wire); }

} // namespace warder
