#include "ui/About.h"

#include "ui/support/MessageBoxes.h"

#include <QCoreApplication>
#include <QMessageBox>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

struct About
{
    Q_DECLARE_TR_FUNCTIONS(warder::About)
};

} // namespace

QString aboutUpdates(const QString &package)
{
    if (package == "deb"_L1 || package == "rpm"_L1)
        //: Where updates come from: the program was installed as a package of the system; warder is the package's name.
        return About::tr("Updates come with those of this system, as the package warder.");
    if (package == "bundle"_L1)
        //: Where updates come from: the program was unpacked from an archive that holds all it needs.
        return About::tr("Unpacked from an archive: an update is a newer archive, from where this one came.");
    //: Where updates come from: somebody compiled the program.
    return About::tr("Built from source: an update is newer source, built again.");
}

void showAbout(QWidget *window, const QString &package)
{
    //: Title of a dialog.
    auto *box = new QMessageBox(QMessageBox::NoIcon, About::tr("About Warder"),
                                //: About the product; %1 is its version.
                                About::tr("Warder %1").arg(QCoreApplication::applicationVersion()), QMessageBox::Close, window);
    box->setObjectName(u"aboutBox"_s);
    showProgramIcon(*box);
    //: About the product.
    box->setInformativeText(
        About::tr("Sign-in for your own applications, on your own machine.\nFree software under the GNU General Public License, "
                  "version 3 or later.")
        + u"\n\n"_s + aboutUpdates(package));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace warder
