#include "core/ratelimit/DistinctCount.h"

#include <QHashFunctions>

#include <algorithm>
#include <cmath>
#include <utility>

namespace warder {

void DistinctCount::add(const QString &text)
{
    const quint64 hash = qHash(text, QHashSeed::globalSeed());
    if (!m_bits.empty())
        return mark(hash);
    if (std::ranges::find(m_exact, hash) != m_exact.end())
        return;
    m_exact.push_back(hash);
    if (m_exact.size() <= mostExact)
        return;
    m_bits.resize(bits / 64);
    for (const quint64 each : std::exchange(m_exact, {}))
        mark(each);
}

void DistinctCount::mark(quint64 hash)
{
    const size_t bit = (hash ^ (hash >> 32)) % bits;
    const quint64 mask = quint64 {1} << (bit % 64);
    m_set += (m_bits[bit / 64] & mask) == 0;
    m_bits[bit / 64] |= mask;
}

qint64 DistinctCount::count() const
{
    if (m_bits.empty())
        return qint64(m_exact.size());
    const double left = std::max(1.0, double(bits) - double(m_set));
    return std::min(most, qint64(std::llround(double(bits) * std::log(double(bits) / left))));
}

} // namespace warder
