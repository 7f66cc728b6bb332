namespace IpMpsc.Tests.Hostile;

/// <summary>What remains of a channel that another program has written into.</summary>
internal static class DamagedChannel
{
    /// <summary>Requires that a new channel can have its name, and removes that channel.</summary>
    public static void RequireReplaceable(string path)
    {
        try
        {
            ReplaceAndUse(path);
        }
        catch (ChannelMismatchException)
        {
            // It no longer looks like a channel, so the library does not remove it.
            File.Delete(path);
            ReplaceAndUse(path);
        }

        File.Delete(path);
    }

    private static void ReplaceAndUse(string path)
    {
        using ByteReceiver receiver = ByteReceiver.Replace(path);
        using ByteSender sender = ByteSender.Open(path);
        sender.Send([1]);
        Assert.That(receiver.Receive(), Is.EqualTo(new byte[] { 1 }));
    }
}
