#pragma once

#include <QtTypes>

#include <deque>
#include <string>
#include <string_view>

class QAbstractSocket;

namespace warder {

/// What is on its way to the wire. A long answer goes there piece by piece, as the client takes it, because a wire keeps the
/// room that its longest write has taken (TLS for as long as it lives), and because what is sent can be freed. HTTP thread only.
class SendQueue final
{
public:
    /// Outlived by the wire.
    explicit SendQueue(QAbstractSocket &wire) : m_wire(wire) {}

    void write(std::string_view bytes);

    /// Hands the wire more, if it has little. Call when it has written something.
    void feed();

    /// Hands the kernel as much as it takes.
    void flush();

    /// Bytes that the kernel has not taken yet.
    qint64 unsent() const;

private:
    bool wantsMore() const;

    QAbstractSocket &m_wire;
    std::deque<std::string> m_pieces; ///< That the wire has not got yet.
    qint64 m_waiting = 0;             ///< Their bytes.
};

} // namespace warder
