#pragma once

#include "core/base/Clock.h"

#include <QCoreApplication>

#include <optional>

class QComboBox;

namespace warder {

class FormField;

/// A span of time in a form: a number, and its unit beside it. Belongs to a field of a dialog, and must not outlive it. GUI thread.
class SpanField final
{
    Q_DECLARE_TR_FUNCTIONS(warder::SpanField)
public:
    /// Shows the span in the greatest unit that it is a whole number of.
    SpanField(FormField &field, Seconds span);

    /// Nothing after the field said what is wrong with what is typed.
    std::optional<Seconds> span() const;
    QComboBox &unit() { return *m_unit; }

private:
    FormField &m_field;
    QComboBox *m_unit;
};

/// A whole number that is not negative; nothing after the field said that it holds none.
std::optional<qint64> wholeNumberIn(FormField &field);

} // namespace warder
