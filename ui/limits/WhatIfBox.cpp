#include "ui/limits/WhatIfBox.h"

#include "ui/limits/LimitTexts.h"
#include "ui/support/Ask.h"
#include "ui/support/Space.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/FormDialog.h"
#include "ui/widgets/Labels.h"

#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

WhatIfBox::WhatIfBox(const PageContext &context, bool isNew, std::function<std::optional<RuleWish>()> wish, FormDialog &dialog)
    : QWidget(&dialog), m_context(context), m_isNew(isNew), m_wish(std::move(wish)), m_dialog(dialog), m_text(textLabel({}, this))
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(Space::narrow);
    //: Heading in a form, above what an edited rule would have done.
    all->addWidget(headingLabel(tr("What if it had been so"), this));
    all->addWidget(m_text);
    m_text->setObjectName(u"whatIf"_s);
    m_text->setMinimumHeight(m_text->fontMetrics().lineSpacing() * 5); // answers of other lengths must not move the buttons
    m_text->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, &WhatIfBox::askNow);
    wait();
}

WhatIfBox::~WhatIfBox() { m_asked.cancel(); }

void WhatIfBox::say(const QString &text) { m_text->setText(text); }

void WhatIfBox::wait()
{
    //: In a form, in place of what an edited rule would have done.
    say(tr("It is tried on the requests that are recorded, as soon as the rule is complete."));
}

void WhatIfBox::askSoon()
{
    m_asked.cancel();
    ++m_turn; // an answer on its way is of what stood there before
    wait();
    m_pause.start();
}

void WhatIfBox::askNow()
{
    m_asked.cancel();
    const int turn = ++m_turn;
    const auto wish = m_wish();
    if (!wish)
        return wait();
    //: In a form, while it is worked out what an edited rule would have done.
    say(tr("Trying it on the requests that are recorded…"));
    m_asked = m_context.console.ask(TryRule {.wish = *wish, .isNew = m_isNew});
    ask(
        m_asked, this,
        [this, turn](const WhatIfView &answer) {
            if (turn != m_turn)
                return;
            m_dialog.showFaults({});
            say(LimitTexts::whatIf(answer));
        },
        [this, turn](const Error &error) {
            if (turn != m_turn)
                return;
            if (m_dialog.showFaults(error))
                wait();
            else
                say(UiTexts::of(error));
        });
}

} // namespace warder
