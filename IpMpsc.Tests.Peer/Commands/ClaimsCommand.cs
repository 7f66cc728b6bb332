namespace IpMpsc.Tests.Peer.Commands;

/// <summary>Holds many claims at once, each in a slot of its own, until it is killed or told to commit them.</summary>
internal static class ClaimsCommand
{
    public static void Run(Arguments arguments)
    {
        string channel = arguments.NextWord("CHANNEL");
        int count = arguments.Next<int>("COUNT");
        arguments.RequireEnd();

        using ByteSender sender = ByteSender.Open(channel);
        Hold(sender, count);
    }

    /// <summary>A claim cannot leave the stack, so each one is held by a call of its own.</summary>
    private static void Hold(ByteSender sender, int count)
    {
        if (count == 0)
        {
            Dialogue.Say("held");
            Dialogue.Listen();
            return;
        }

        using ByteClaim claim = sender.Claim(16);
        Hold(sender, count - 1);
        claim.Commit();
    }
}
