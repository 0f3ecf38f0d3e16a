#include "ui/widgets/ConfirmSheet.h"

#include "ui/support/Space.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/NumberCheck.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace warder {

ConfirmSheet::ConfirmSheet(const ManyConfirmation &what, QWidget *parent, std::function<void()> onYes)
    : QDialog(parent), m_number(new NumberCheck(this))
{
    setObjectName(u"confirmMany"_s);
    setWindowTitle(what.action);
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(440);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::large);
    column->setSpacing(Space::medium);
    const auto add = [column](QLabel *label, const QString &name) {
        label->setObjectName(name);
        label->setWordWrap(true);
        column->addWidget(label);
    };
    add(titleLabel(what.question, this), u"question"_s);
    if (!what.names.isEmpty())
        add(textLabel(namesInWords(what), this), u"names"_s);
    add(textLabel(what.effect, this), u"effect"_s);
    column->addWidget(m_number);
    column->addStretch();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_yes = buttons->addButton(what.action, QDialogButtonBox::AcceptRole);
    m_yes->setObjectName(u"confirmed"_s);
    m_yes->setDefault(true);
    column->addWidget(buttons);
    m_number->setNumber(what.number);
    const auto judge = [this] { m_yes->setEnabled(m_number->isPassed()); };
    judge();
    connect(m_number, &NumberCheck::typed, this, judge);
    connect(buttons, &QDialogButtonBox::rejected, this, &ConfirmSheet::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this, onYes = std::move(onYes)] {
        accept();
        onYes();
    });
    m_yes->isEnabled() ? m_yes->setFocus() : m_number->setFocus();
}

QString ConfirmSheet::namesInWords(const ManyConfirmation &what)
{
    QStringList lines;
    for (const QString &name : what.names.first(std::min(what.names.size(), mostNames)))
        lines += UiTexts::foreign(name);
    if (const qint64 more = what.named - lines.size(); more > 0)
        //: Below the first names of many: how many others there are.
        lines += tr("and %Ln more", nullptr, int(more));
    return lines.join(u'\n');
}

} // namespace warder
