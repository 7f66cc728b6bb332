namespace IpMpsc.Tests.Peer.Commands;

/// <summary>Creates, opens, replaces or deletes a channel of bytes, reports that, and closes it when told to.</summary>
internal static class FileCommand
{
    private static readonly IpcChannelOptions s_options = new() { Capacity = 4096 };

    public static void Run(Arguments arguments)
    {
        string call = arguments.NextWord("CALL");
        string channel = arguments.NextWord("CHANNEL");
        arguments.RequireEnd();

        using IDisposable? participant = Do(call, channel);
        Dialogue.Say("done");
        Dialogue.Listen();
    }

    private static IDisposable? Do(string call, string channel)
    {
        switch (call)
        {
            case "create":
                return ByteReceiver.Create(channel, s_options);

            case "create-temporary":
                return ByteReceiver.CreateTemporary(s_options);

            case "create-to-delete":
                return ByteReceiver.Create(channel, new IpcChannelOptions { Capacity = 4096, DeleteOnDispose = true });

            case "open-or-create":
                return ByteReceiver.OpenOrCreate(channel, s_options);

            case "replace":
                return ByteReceiver.Replace(channel, s_options);

            case "open-sender":
                return ByteSender.Open(channel);

            case "open-or-create-sender":
                return ByteSender.OpenOrCreate(channel, s_options);

            case "delete":
                IpcChannel.Delete(channel);
                return null;

            case "delete-in-use":
                IpcChannel.Delete(channel, evenIfInUse: true);
                return null;

            case var unknown:
                throw new UsageException($"'{unknown}' is not something to do with a channel.");
        }
    }
}
