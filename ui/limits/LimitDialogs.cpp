#include "ui/limits/LimitDialogs.h"

#include "ui/limits/RuleForm.h"
#include "ui/support/Times.h"
#include "ui/widgets/FormDialog.h"
#include "ui/widgets/FormField.h"

#include <QComboBox>
#include <QLineEdit>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace warder {
namespace {

QComboBox *spanChoice(FormDialog &dialog)
{
    auto *box = new QComboBox(&dialog);
    box->setObjectName(u"span"_s);
    //: Name of a choice: how long a network is exempt or blocked.
    box->setAccessibleName(LimitDialogs::tr("For how long"));
    for (const Seconds span : {Seconds {1h}, Seconds {24h}, Seconds {7 * 24h}, Seconds {30 * 24h}})
        //: Choice in a form; %1 is a span such as "24 h".
        box->addItem(LimitDialogs::tr("For %1").arg(Times::lasting(span)), qint64(span.count()));
    //: Choice in a form: for ever, unless somebody takes it back.
    box->addItem(LimitDialogs::tr("Until somebody removes it"), qint64(0));
    box->setCurrentIndex(1);
    dialog.addWidget(box);
    return box;
}

/// Nothing where it is for ever.
std::optional<TimePoint> endOf(const QComboBox &span, TimePoint now)
{
    const Seconds chosen {span.currentData().toLongLong()};
    return chosen > 0s ? std::optional<TimePoint>(now + chosen) : std::nullopt;
}

} // namespace

FormDialog *LimitDialogs::add(const PageContext &context, QWidget *parent, OnRule onTaken)
{
    //: Title of a dialog.
    auto *dialog = new FormDialog(context, tr("Add a rule"), /*: Button of a dialog. */ tr("Add"), parent);
    RuleView fresh;
    fresh.amount = 10;
    fresh.period = 1min;
    fresh.burst = 10;
    fresh.isOwn = false;
    auto *form = new RuleForm(context, fresh, true, *dialog);
    dialog->setOrder(
        [form]() -> std::optional<AddRule> {
            const auto wish = form->wish();
            return wish ? std::optional(AddRule {.wish = *wish}) : std::nullopt;
        },
        std::move(onTaken));
    return dialog;
}

FormDialog *LimitDialogs::edit(const PageContext &context, const RuleView &rule, QWidget *parent, OnRule onTaken)
{
    //: Title of a dialog.
    auto *dialog = new FormDialog(context, tr("Edit rule"), /*: Button of a dialog. */ tr("Save"), parent);
    auto *form = new RuleForm(context, rule, false, *dialog);
    dialog->setOrder(
        [form]() -> std::optional<EditRule> {
            const auto wish = form->wish();
            return wish ? std::optional(EditRule {.wish = *wish}) : std::nullopt;
        },
        std::move(onTaken));
    return dialog;
}

FormDialog *LimitDialogs::network(const PageContext &context, NetworkStanding standing, const QString &network, QWidget *parent,
                                  OnNetwork onTaken)
{
    const bool blocks = standing == NetworkStanding::Blocked;
    auto *dialog =
        new FormDialog(context, blocks ? /*: Title of a dialog. */ tr("Block a network") : /*: Title of a dialog. */ tr("Exempt a network"),
                       blocks ? /*: Button of a dialog. */ tr("Block") : /*: Button of a dialog. */ tr("Exempt"), parent);
    //: Field of a form: a network or a single address.
    FormField *field = dialog->addField(u"network"_s, tr("&Network or address"),
                                        //: Below a field. The addresses are examples, typed as they stand here.
                                        tr("One address, or a network such as 203.0.113.0/24 or 2001:db8::/32"));
    field->edit().setText(network);
    QComboBox *span = spanChoice(*dialog);
    //: Field of a form: why a network is exempt or blocked.
    FormField *reason = dialog->addField(u"reason"_s, tr("&Reason (optional)"));
    dialog->addText(blocks
                        ? /*: At the end of a form. */ tr("Whoever comes from there is refused everything but health checks (403), "
                                                          "sessions that are live as well.")
                        : /*: At the end of a form. */ tr("No limit of requests and no wait after wrong passwords holds for whoever comes "
                                                          "from there. Tries at a second factor stay limited."));
    (network.isEmpty() ? field : reason)->setFocus();
    dialog->setOrder(
        [=, &clock = context.clock] {
            return AddNetwork {.network = field->text().trimmed(),
                               .standing = standing,
                               .reason = reason->text().trimmed(),
                               .until = endOf(*span, clock.now())};
        },
        std::move(onTaken));
    return dialog;
}

} // namespace warder
