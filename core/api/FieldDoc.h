#pragma once

#include <QStringList>

#include <limits>

namespace warder {

/// What a member of a body or a parameter of a query may be.
enum class FieldType { Text, Email, Password, Integer, Boolean, TextList, Object };

/// A member of a body, or a parameter of a query: the description shows it, and Fields reads by it.
struct FieldDoc
{
    QString name;
    FieldType type = FieldType::Text;
    bool required = true;
    QString text = {};
    int minLength = 0; ///< Of a text in characters, of a list in texts; 0: not told.
    int maxLength = 0;
    qint64 minimum = std::numeric_limits<qint64>::min(); ///< Of an integer.
    qint64 maximum = std::numeric_limits<qint64>::max();
    QStringList choices = {}; ///< Of a text; empty: any.
};

} // namespace warder
