#include "ui/providers/ProviderCheckDialog.h"

#include "ui/providers/ProviderTexts.h"
#include "ui/providers/RedirectUris.h"
#include "ui/support/Ask.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/StateDot.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

ProviderCheckDialog::ProviderCheckDialog(const PageContext &context, const ProviderView &provider, QWidget *parent)
    : QDialog(parent), m_context(context), m_name(provider.name), m_dot(new StateDot(this)), m_verdict(textLabel({}, this)),
      m_steps(new QVBoxLayout)
{
    //: Title of a dialog; %1 is what a provider is called ("Google").
    setWindowTitle(tr("Test of %1").arg(UiTexts::foreign(provider.label)));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(520);
    build(provider);
}

ProviderCheckDialog::~ProviderCheckDialog() { m_asked.cancel(); }

void ProviderCheckDialog::build(const ProviderView &provider)
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(20, 18, 20, 16);
    all->setSpacing(14);
    QLabel *title = titleLabel(windowTitle(), this);
    title->setWordWrap(true);
    all->addWidget(title);
    auto *answer = new QHBoxLayout;
    answer->setSpacing(10);
    answer->addWidget(m_dot);
    m_verdict->setObjectName(u"verdict"_s);
    answer->addWidget(m_verdict, 1);
    all->addLayout(answer);
    m_steps->setSpacing(10);
    all->addLayout(m_steps);
    auto *callbacks = new RedirectUris(this);
    callbacks->present(provider.callbacks);
    all->addWidget(callbacks);
    all->addStretch();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    //: Button: asks a provider once more whether it works.
    m_again = buttons->addButton(tr("Test &again"), QDialogButtonBox::ActionRole);
    m_again->setObjectName(u"again"_s);
    all->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &ProviderCheckDialog::reject);
    connect(m_again, &QPushButton::clicked, this, &ProviderCheckDialog::start);
}

void ProviderCheckDialog::start()
{
    clearSteps();
    m_again->setEnabled(false);
    //: While a provider is being asked whether it works.
    showVerdict(Tone::Neutral, tr("The provider is being asked…"));
    m_asked = m_context.console.ask(CheckProvider {.provider = m_name});
    ask(
        m_asked, this, [this](const QList<ProviderCheckView> &steps) { present(steps); },
        [this](const Error &error) { presentError(error); });
}

void ProviderCheckDialog::clearSteps()
{
    while (QLayoutItem *first = m_steps->takeAt(0)) { // out of the layout first: it drops an item whose widget goes by itself
        delete first->widget();
        delete first;
    }
}

void ProviderCheckDialog::present(const QList<ProviderCheckView> &steps)
{
    for (const ProviderCheckView &step : steps) {
        auto *row = new QWidget(this);
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(10);
        auto *dot = new StateDot(row);
        dot->setTone(ProviderTexts::tone(step));
        line->addWidget(dot, 0, Qt::AlignTop);
        auto *words = new QVBoxLayout;
        words->setSpacing(2);
        words->addWidget(headingLabel(ProviderTexts::subject(step), row));
        QLabel *said = textLabel(UiTexts::foreign(step.sentence), row);
        said->setTextInteractionFlags(Qt::TextSelectableByMouse);
        words->addWidget(said);
        line->addLayout(words, 1);
        m_steps->addWidget(row);
    }
    m_again->setEnabled(true);
    showVerdict(ProviderTexts::tone(steps), ProviderTexts::verdict(steps));
    adjustSize();
}

void ProviderCheckDialog::presentError(const Error &error)
{
    m_again->setEnabled(true);
    showVerdict(Tone::Bad, UiTexts::of(error));
}

void ProviderCheckDialog::showVerdict(Tone tone, const QString &text)
{
    m_dot->setTone(tone);
    m_verdict->setText(text);
    m_again->setAccessibleDescription(text);
}

} // namespace warder
