#include "core/storage/Row.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace warder {

QStringList Row::texts(int column) const
{
    QStringList texts;
    for (const auto &one : QJsonDocument::fromJson(bytes(column)).array())
        texts += one.toString();
    return texts;
}

QVariant bound(const QStringList &texts)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(texts)).toJson(QJsonDocument::Compact));
}

} // namespace warder
