using IpMpsc.Waiting;

namespace IpMpsc.Tests.Peer.Commands;

/// <summary>Reports whether a wait polls before it sleeps, which depends on the processors of the machine.</summary>
internal static class PollsCommand
{
    public static void Run(Arguments arguments)
    {
        arguments.RequireEnd();
        Dialogue.Say($"{SpinBudget.MayPoll}");
    }
}
