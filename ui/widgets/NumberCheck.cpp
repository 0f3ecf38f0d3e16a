#include "ui/widgets/NumberCheck.h"

#include "ui/widgets/FormField.h"

#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

NumberCheck::NumberCheck(QWidget *parent)
    : QWidget(parent),
      //: Field of a form: a number above it is to be typed once more.
      m_field(new FormField(tr("Type the &number, since these are many"), {}, this))
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_field);
    m_field->edit().setObjectName(u"number"_s);
    setFocusProxy(m_field);
    setNumber(0);
    connect(&m_field->edit(), &QLineEdit::textEdited, this, &NumberCheck::typed);
}

void NumberCheck::setNumber(qint64 number)
{
    m_number = number;
    setVisible(number >= many);
}

bool NumberCheck::isPassed() const
{
    QString digits;
    const QString typed = m_field->text();
    for (const QChar c : typed) {
        if (c.isDigit())
            digits += QString::number(c.digitValue()); // of the language's own ones, too
    }
    return m_number > 0 && (m_number < many || digits == QString::number(m_number));
}

} // namespace warder
