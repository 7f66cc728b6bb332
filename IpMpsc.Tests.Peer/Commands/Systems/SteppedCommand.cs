using System.Runtime.InteropServices;
using IpMpsc.Tests.Peer.Processes;

namespace IpMpsc.Tests.Peer.Commands;

/// <summary>Makes one call that a tracer steps through. With SIGUSR2 to itself it marks where the call begins and where it has ended.</summary>
internal static partial class SteppedCommand
{
    private const int SIGUSR2 = 12;

    public static void Run(Arguments arguments)
    {
        string call = arguments.NextWord("CALL");
        string channel = arguments.NextWord("CHANNEL");
        arguments.RequireEnd();

        switch (call)
        {
            case "send":
                using (ByteSender sender = ByteSender.Open(channel))
                {
                    Step(number => sender.Send(BitConverter.GetBytes(number)));
                }

                break;
            case "receive":
                using (ByteReceiver receiver = ByteReceiver.Open(channel))
                {
                    Step(_ => receiver.Receive());
                }

                break;
            case "open":
                List<ByteSender> opened = [];
                Step(_ => opened.Add(ByteSender.Open(channel)), between: () => opened[^1].Dispose());
                opened[^1].Dispose();
                break;
            case "close":
                ByteSender closed = ByteSender.Open(channel);
                Step(_ => closed.Dispose(), between: () => closed = ByteSender.Open(channel));
                break;
            default:
                throw new UsageException($"There is no call '{call}'.");
        }
    }

    private static void Step(Action<int> call, Action? between = null)
    {
        Raise(0); // The null signal, so that the function is already resolved.
        for (int number = 0; number < PeerProgram.CallsBeforeStep; number++)
        {
            call(number);
            between?.Invoke();
        }

        Raise(SIGUSR2);
        call(PeerProgram.CallsBeforeStep);
        Raise(SIGUSR2);
    }

    [LibraryImport("libc", EntryPoint = "raise")]
    private static partial int Raise(int signal);
}
