#include "ui/providers/ProviderCheckDialog.h"

#include "ui/providers/ProviderTexts.h"
#include "ui/providers/RedirectUris.h"
#include "ui/support/Ask.h"
#include "ui/support/Space.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/CheckLines.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/ResultLine.h"
#include "ui/widgets/TextRoom.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

ProviderCheckDialog::ProviderCheckDialog(const PageContext &context, const ProviderView &provider, QWidget *parent)
    : QDialog(parent), m_context(context), m_name(provider.name), m_verdict(new ResultLine(this)), m_steps(new CheckLines(this))
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
    all->setContentsMargins(Space::large, Space::large, Space::large, Space::large);
    all->setSpacing(Space::medium);
    QLabel *title = titleLabel(windowTitle(), this);
    title->setWordWrap(true);
    all->addWidget(title);
    all->addWidget(m_verdict);
    all->addWidget(m_steps);
    auto *callbacks = new RedirectUris(this);
    callbacks->present(provider.callbacks);
    all->addWidget(callbacks);
    all->addStretch();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    //: Button: asks a provider once more whether it works.
    m_again = buttons->addButton(tr("Test &again"), QDialogButtonBox::ActionRole);
    m_again->setObjectName(u"again"_s);
    m_verdict->setOrder(*m_again);
    all->addWidget(buttons);
    new TextRoom(this);
    connect(buttons, &QDialogButtonBox::rejected, this, &ProviderCheckDialog::reject);
    connect(m_again, &QPushButton::clicked, this, &ProviderCheckDialog::start);
}

void ProviderCheckDialog::start()
{
    m_steps->clear();
    m_steps->hide(); // without room
    m_again->setEnabled(false);
    //: While a provider is being asked whether it works.
    m_verdict->say(Tone::Neutral, tr("The provider is being asked…"));
    m_asked = m_context.console.ask(CheckProvider {.provider = m_name});
    ask(
        m_asked, this, [this](const QList<ProviderCheckView> &steps) { present(steps); },
        [this](const Error &error) { presentError(error); });
}

void ProviderCheckDialog::present(const QList<ProviderCheckView> &steps)
{
    for (const ProviderCheckView &step : steps)
        m_steps->add(ProviderTexts::tone(step), ProviderTexts::subject(step), UiTexts::foreign(step.sentence));
    m_steps->setVisible(!steps.isEmpty());
    m_again->setEnabled(true);
    m_verdict->say(ProviderTexts::tone(steps), ProviderTexts::verdict(steps));
    adjustSize();
}

void ProviderCheckDialog::presentError(const Error &error)
{
    m_again->setEnabled(true);
    m_verdict->say(Tone::Bad, UiTexts::of(error));
}

} // namespace warder
