#include "core/crypto/StrictCbor.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborStreamReader>

#include <limits>

namespace warder {
namespace {

constexpr int mostLevels = 8;
constexpr int mostItems = 256; ///< A map's names are compared each with each: this bounds it.

using Item = std::optional<QCborValue>;

/// Takes items from Qt's reader, and stops at the first thing that is allowed to no authenticator. QCborValue::fromCbor() would keep both
/// of two equal names, and go any number of levels deep.
class CborReader final
{
public:
    explicit CborReader(QByteArrayView bytes) : m_reader(bytes.data(), bytes.size()), m_size(bytes.size()) {}

    std::optional<CborItem> first()
    {
        const Item value = item(mostLevels);
        if (!value || !isSound())
            return std::nullopt;
        return CborItem {.value = *value, .size = qsizetype(m_reader.currentOffset())};
    }

private:
    bool isSound() const { return m_reader.lastError() == QCborError::NoError; }

    Item item(int levels)
    {
        if (++m_items > mostItems)
            return std::nullopt;
        switch (m_reader.type()) {
        case QCborStreamReader::UnsignedInteger: return scalar(number(m_reader.toUnsignedInteger()));
        case QCborStreamReader::NegativeInteger: return scalar(negative(quint64(m_reader.toNegativeInteger())));
        case QCborStreamReader::SimpleType:      return scalar(simple());
        case QCborStreamReader::ByteArray:       return text([this] { return QCborValue(m_reader.readAllByteArray()); });
        case QCborStreamReader::String:          return text([this] { return QCborValue(m_reader.readAllString()); });
        case QCborStreamReader::Array:           return container(levels, [this](int below) { return array(below); });
        case QCborStreamReader::Map:             return container(levels, [this](int below) { return map(below); });
        case QCborStreamReader::Tag:
        case QCborStreamReader::Float16:
        case QCborStreamReader::Float:
        case QCborStreamReader::Double:
        case QCborStreamReader::Invalid:         return std::nullopt;
        }
        Q_UNREACHABLE_RETURN(std::nullopt);
    }

    static Item number(quint64 given)
    {
        constexpr auto most = quint64(std::numeric_limits<qint64>::max());
        return given <= most ? Item(qint64(given)) : std::nullopt;
    }

    /// `given` is the number without its sign; 0 stands for 2^64.
    static Item negative(quint64 given)
    {
        constexpr auto most = quint64(std::numeric_limits<qint64>::max());
        return given != 0 && given <= most ? Item(-qint64(given)) : std::nullopt;
    }

    Item simple() const
    {
        if (m_reader.isBool())
            return QCborValue(m_reader.toBool());
        return m_reader.isNull() ? Item(QCborValue(nullptr)) : std::nullopt;
    }

    Item scalar(const Item &value) { return value && m_reader.next() ? value : std::nullopt; }

    /// Nothing is made room for but what is there.
    Item text(const auto &read)
    {
        if (!m_reader.isLengthKnown() || m_reader.length() > quint64(m_size))
            return std::nullopt;
        const QCborValue value = read();
        return isSound() ? Item(value) : std::nullopt;
    }

    Item container(int levels, const auto &read)
    {
        if (levels == 0 || !m_reader.isLengthKnown() || m_reader.length() > quint64(mostItems) || !m_reader.enterContainer())
            return std::nullopt;
        const Item value = read(levels - 1);
        return value && isSound() && m_reader.leaveContainer() ? value : std::nullopt;
    }

    Item array(int levels)
    {
        QCborArray elements;
        while (isSound() && m_reader.hasNext()) {
            const Item element = item(levels);
            if (!element)
                return std::nullopt;
            elements.append(*element);
        }
        return QCborValue(elements);
    }

    Item map(int levels)
    {
        QCborMap members;
        while (isSound() && m_reader.hasNext()) {
            const Item name = item(levels);
            if (!name || !(name->isInteger() || name->isString()) || members.contains(*name))
                return std::nullopt;
            const Item value = item(levels);
            if (!value)
                return std::nullopt;
            members.insert(*name, *value);
        }
        return QCborValue(members);
    }

    QCborStreamReader m_reader;
    const qsizetype m_size;
    int m_items = 0;
};

} // namespace

std::optional<CborItem> firstCborItem(QByteArrayView bytes) { return bytes.isEmpty() ? std::nullopt : CborReader(bytes).first(); }

} // namespace warder
