using IpMpsc.Extensions.Hosting.Tests.Support;

namespace IpMpsc.Extensions.Hosting.Tests.Handling;

/// <summary>If a process is killed in a handler, nothing is lost: the next process gets the message again.</summary>
public sealed class HandlerDeathTests
{
    [Test]
    public void MessageOfAKilledHandlerIsTheFirstOfTheNextProcess()
    {
        using HandlingFixture orders = new();
        orders.Send(Enumerable.Range(0, 6));
        using (HostPeer peer = new("handle", orders.Path, "3"))
        {
            for (int number = 0; number <= 3; number++)
            {
                peer.Expect($"{number}");
            }

            peer.Kill();
        }

        orders.Start();
        orders.Inbox.AwaitHandled(3);
        Assert.That(orders.Inbox.Numbers, Is.EqualTo([3, 4, 5]));
    }
}
