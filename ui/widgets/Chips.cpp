#include "ui/widgets/Chips.h"

#include "ui/support/Space.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>

namespace warder {
namespace {

/// As wide as its word: some styles make a button no narrower than 80 pixels.
class Chip final : public QPushButton
{
public:
    using QPushButton::QPushButton;

    QSize sizeHint() const override
    {
        constexpr int aroundText = 26;
        return {fontMetrics().horizontalAdvance(text()) + aroundText, QPushButton::sizeHint().height()};
    }
};

} // namespace

Chips::Chips(const QString &name, const QStringList &choices, QWidget *parent) : QWidget(parent), m_buttons(new QButtonGroup(this))
{
    setAccessibleName(name);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Space::narrow);
    for (qsizetype choice = 0; choice < choices.size(); ++choice) {
        auto *button = new Chip(choices[choice], this);
        button->setCheckable(true);
        button->setAutoDefault(false);
        row->addWidget(button);
        m_buttons->addButton(button, int(choice));
    }
    m_buttons->setExclusive(true);
    choose(0);
    placeTab();
    connect(m_buttons, &QButtonGroup::idToggled, this, [this](int choice, bool made) {
        if (!made)
            return;
        placeTab();
        Q_EMIT chosen(choice);
    });
}

/// Qt does so by itself only once one of them had the focus.
void Chips::placeTab()
{
    for (QAbstractButton *button : m_buttons->buttons())
        button->setFocusPolicy(button->isChecked() ? Qt::StrongFocus : Qt::ClickFocus);
}

int Chips::current() const { return m_buttons->checkedId(); }

void Chips::choose(int choice) { m_buttons->button(choice)->setChecked(true); }

void Chips::setText(int choice, const QString &text) { m_buttons->button(choice)->setText(text); }

} // namespace warder
