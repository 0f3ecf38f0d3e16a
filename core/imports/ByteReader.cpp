#include "core/imports/ByteReader.h"

#include "core/crypto/SecretBytes.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype readAtOnce = 64 * 1024;

} // namespace

ByteReader::~ByteReader()
{
    m_buffer.resize(m_buffer.capacity()); // also what an earlier, longer piece has left
    wipe(m_buffer);
}

std::optional<char> ByteReader::peek()
{
    if (m_at == m_buffer.size() && m_problem.isEmpty()) {
        m_buffer.resize(readAtOnce);
        m_at = 0;
        const qint64 got = m_device->read(m_buffer.data(), m_buffer.size());
        m_buffer.resize(std::max<qint64>(0, got));
        m_read += m_buffer.size();
        if (got < 0)
            m_problem = u"the file cannot be read on: "_s + m_device->errorString();
    }
    return m_at == m_buffer.size() ? std::nullopt : std::optional(m_buffer[m_at]);
}

std::optional<char> ByteReader::get()
{
    const auto c = peek();
    if (c)
        skip();
    return c;
}

} // namespace warder
