using IpMpsc.Platform;
using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Waiting;

/// <summary>
/// The fallbacks for waiting, which Linux does not need, within one process and with a peer that uses them,
/// too. With IPMPSC_WAIT=polling in the environment, every other test runs with them.
/// </summary>
[CancelAfter(60_000)]
[NonParallelizable]
public sealed class PollingTests
{
    private bool _pollsWords;
    private bool _pollsGroups;

    [SetUp]
    public void Poll()
    {
        (_pollsWords, _pollsGroups) = (WaitBackEnd.PollsWords, WaitBackEnd.PollsGroups);
        (WaitBackEnd.PollsWords, WaitBackEnd.PollsGroups) = (true, true);
    }

    [TearDown]
    public void Restore() => (WaitBackEnd.PollsWords, WaitBackEnd.PollsGroups) = (_pollsWords, _pollsGroups);

    [Test]
    public async Task TwoWaitingParticipantsWakeEachOther(CancellationToken watchdog)
    {
        IpcChannelOptions options = new() { Capacity = 64, WaitStrategy = WaitStrategy.BlockOnly };
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(options);
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path, options);
        Task sending = Background.Run(() =>
        {
            for (int number = 0; number < 50; number++)
            {
                sender.Send(new Tick { Number = number }, watchdog);
            }
        });
        for (int number = 0; number < 50; number++)
        {
            Assert.That(receiver.Receive(watchdog).Number, Is.EqualTo(number));
        }

        await sending;
    }

    [Test]
    public void MessagesOfAPeerAreFound()
    {
        using ByteReceiver receiver = ByteReceiver.CreateTemporary(new IpcChannelOptions { Capacity = 256 });
        using PeerProcess peer = PeerProcess.Start("payloads", receiver.Path, "0", "24", "40", "56", "72", "88", "104");
        using ReceiverSet set = new(receiver);
        for (int length = 24; length <= 104; length += 16)
        {
            Assert.That(set.WaitAny(), Is.SameAs(receiver));
            Assert.That(receiver.Receive(), Has.Length.EqualTo(length));
        }

        peer.ExpectExit(ExitCode.Success);
    }

    [Test]
    public void AGroupIsInterruptedAndItsWordsAreWatched([Values] bool polls)
    {
        (WaitBackEnd.PollsWords, WaitBackEnd.PollsGroups) = (polls, polls);
        WaitGroup group = HostPlatform.Current.OpenWaitGroup();
        unsafe
        {
            uint* words = stackalloc uint[2];
            words[0] = words[1] = 1;
            uint[] raised = [1, 1];
            WaitWord[] both = [Open(words), Open(words + 1)];
            group.Interrupt();
            group.Sleep(both, raised, TimeSpan.FromDays(2));

            words[1] = 3; // Lowered, and raised again for another waiter.
            group.Sleep(both, raised, TimeSpan.FromDays(2));
        }
    }

    private static unsafe WaitWord Open(uint* word) =>
        HostPlatform.Current.OpenWaitWord(word, new WaitWordName(Guid.NewGuid(), IsShared: false));
}
