#pragma once

class QIODevice;

/// The few things the gate does to a connection that QIODevice has no word for. The only place that knows which kinds of
/// connection there are.
namespace warder::wire {

/// Hands the kernel what is buffered, as far as it takes it.
void flush(QIODevice &wire);

/// Says "no more from us" but goes on reading. Call when nothing is unsent.
void finishSending(QIODevice &wire);

/// While taken, nothing is read from the kernel, and so a half-closed client is not noticed (QTcpSocket would close both
/// directions and lose the answer) and cannot fill our memory. Release it before reading: it may stand on a byte of padding.
class Hold final
{
public:
    void take(QIODevice &wire);
    void release(QIODevice &wire);
    bool isTaken() const { return m_taken; }

private:
    bool m_taken = false;
    bool m_padded = false;
};

/// Cuts the connection off at once.
void abort(QIODevice &wire);

} // namespace warder::wire
