#pragma once

#include "core/platform/Files.h"

#include <chrono>
#include <string>

/// What we ask of the system about processes and threads. Any thread.
namespace warder::platform {

/// Whose rights we have.
User currentUser();
/// "ann (uid 1000)", for people.
QString nameOf(User user);
/// Gives up root's rights for good, for those of a user: user, group and groups; of a user that the system does not know, `group` alone.
/// Only the administrator may. False, with errno, if any of it did not come about: the process should then end. For all threads.
bool become(User user, quint32 group);
/// Who is at the other end of a connected local socket; nothing if the system does not say.
std::optional<User> peerOf(qintptr socket);

/// Asks the system to end this process when the one that started it ends. For a child before its program begins: it asks for no memory
/// and takes no lock. Nothing where the system has no such thing.
void endWithParent();

/// Whether somebody sees what we print.
bool isOutputTerminal();

/// The program that runs, to be started once more: the name that we were started by, and not the file, which may be a loader that was
/// given the program. Needs the application object.
QString ownProgram();

/// For debuggers and `top`; up to 15 characters.
void nameThisThread(const std::string &name);

/// From now on the calling thread lets the others of the machine go first: where processors are scarce it has about a tenth of what they
/// have, and not nothing, since it may hold a lock that they wait for. For good: the system takes nobody back. Nothing where that is
/// forbidden.
void standBack();

/// Gives the system back what was freed and is kept for the next who need it: after work that needed much once. Others who allocate wait
/// for some milliseconds. Nothing where the allocator has no such order.
void giveBackMemory();

/// What the calling thread has computed so far, whoever had the processor meanwhile.
std::chrono::microseconds threadCpuTime();

/// How many files and sockets we may have open.
int descriptorLimit();

/// What this process uses; 0 for what the system does not say.
struct ProcessUse
{
    double cpuSeconds = 0;
    qint64 residentBytes = 0;
    qint64 openDescriptors = 0;
    TimePoint startedAt;
};
ProcessUse processUse();

/// Goes on evenly, also while the machine sleeps. From the kernel itself: a library that shows the process another time must not show
/// it another boot clock, too.
Milliseconds sinceBoot();

} // namespace warder::platform
