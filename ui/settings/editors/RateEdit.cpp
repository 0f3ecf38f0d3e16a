#include "ui/settings/editors/RateEdit.h"

#include "ui/settings/editors/DurationEdit.h"
#include "ui/support/FollowPalette.h"
#include "ui/support/Space.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int lengthOfRate = 8; // characters

QLineEdit *numberField(const QString &name, QWidget *parent)
{
    auto *edit = new QLineEdit(parent);
    edit->setAccessibleName(name);
    keepReadable(edit);
    edit->setFixedWidth(edit->fontMetrics().averageCharWidth() * lengthOfRate);
    return edit;
}

} // namespace

RateEdit::RateEdit(const QString &usual, QWidget *parent)
    : SettingEditor(parent), m_usual(usual), m_on(new QCheckBox(/*: Switch: a limit holds. */ tr("Limited"), this)),
      m_amount(numberField(/*: Name of a field, for screen readers: how many a limit allows. */ tr("Number"), this)),
      m_period(new DurationEdit(this)),
      m_burst(numberField(/*: Name of a field, for screen readers: how many a limit allows at once. */ tr("Number at once"), this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Space::small);
    //: Name of a field, for screen readers: in how much time a limit allows so many.
    m_period->setName(tr("In the time of"));
    row->addWidget(m_on);
    row->addWidget(m_amount);
    //: Between two fields of a limit: a number, and the time in which so many are allowed.
    row->addWidget(new QLabel(tr("in"), this));
    row->addWidget(m_period);
    //: Before a field of a limit: how many are allowed at once.
    row->addWidget(new QLabel(tr("at once"), this));
    row->addWidget(m_burst);
    row->addStretch();
    setMain(m_on);
    followSwitch();
    connect(m_on, &QCheckBox::toggled, this, &RateEdit::followSwitch);
    connect(m_on, &QCheckBox::clicked, this, &RateEdit::edited);
    connect(m_amount, &QLineEdit::textEdited, this, &RateEdit::edited);
    connect(m_period, &DurationEdit::edited, this, &RateEdit::edited);
    connect(m_burst, &QLineEdit::textEdited, this, &RateEdit::edited);
}

WrittenRate RateEdit::shown() const
{
    return {.amount = m_amount->text().trimmed(), .period = m_period->text(), .burst = m_burst->text().trimmed()};
}

QString RateEdit::text() const { return m_on->isChecked() ? shown().text() : u"off"_s; }

void RateEdit::setText(const QString &text)
{
    fill(text == "off"_L1 ? QString() : text);
    m_on->setChecked(text != "off"_L1);
}

void RateEdit::fill(const QString &rate)
{
    const auto written = WrittenRate::of(rate).value_or(WrittenRate {.amount = rate, .period = {}, .burst = {}});
    m_amount->setText(written.amount);
    m_period->setText(written.period);
    m_burst->setText(written.burst);
}

void RateEdit::followSwitch()
{
    for (QWidget *field : std::initializer_list<QWidget *> {m_amount, m_period, m_burst})
        field->setEnabled(m_on->isChecked());
    if (m_on->isChecked() && m_amount->text().isEmpty())
        fill(m_usual);
}

} // namespace warder
