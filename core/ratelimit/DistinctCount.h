#pragma once

#include <QString>

#include <vector>

namespace warder {

/// How many different texts it was told of, in half a kilobyte at most: exactly up to 64, then by linear counting (Whang,
/// Vander-Zanden and Taylor, 1990), which errs by some two percent, up to 1 000. A value; the owner guards it.
class DistinctCount final
{
public:
    static constexpr qint64 most = 1000;

    void add(const QString &text);
    qint64 count() const;

private:
    static constexpr size_t mostExact = 64;
    static constexpr size_t bits = 4096;

    void mark(quint64 hash);

    std::vector<quint64> m_exact; ///< Hashes; empty once there are too many.
    std::vector<quint64> m_bits;  ///< Empty until then.
    qint64 m_set = 0;             ///< How many of the bits are.
};

} // namespace warder
