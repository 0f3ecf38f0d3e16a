#include "ui/activity/ActivityChoices.h"
#include "ui/activity/ActivityPage.h"
#include "ui/widgets/FilterBox.h"

#include <QComboBox>
#include <QPushButton>

#include <functional>
#include <utility>

// What the list is narrowed by.
namespace warder {

Narrowings ActivityPage::narrowings()
{
    Narrowings all;
    CountActivityEach question;
    const auto add = [&](const QString &part, const ActivityFilter &rest, std::function<void()> drop) {
        all.parts += Narrowing {.without = without(part), .drop = std::move(drop)};
        question.each += CountActivity {.filter = rest};
    };
    const ActivityFilter asked = shown();
    ActivityFilter rest = asked;
    rest.session.reset();
    if (asked.session)
        add(m_sessionChip->text(), rest, [this] { m_sessionChip->click(); });
    rest.user.clear();
    rest.address.clear();
    if (!filter().isEmpty())
        add(filter(), rest, [this] { narrowTo({}); });
    rest = asked;
    rest.types.clear();
    if (!asked.types.isEmpty())
        add(m_choices->kindInWords(), rest, [this] { m_choices->dropKind(); });
    rest = asked;
    rest.from = m_span ? m_choices->since(now()) : std::nullopt;
    rest.until.reset();
    if (m_span)
        add(m_spanChip->text(), rest, [this] { m_spanChip->click(); });
    else if (asked.from)
        add(m_choices->spans().currentText(), rest, [this] { m_choices->spans().setCurrentIndex(0); });
    all.count = askingFor(question, std::identity());
    return all;
}

} // namespace warder
