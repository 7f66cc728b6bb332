using System.Diagnostics.Tracing;

namespace IpMpsc.Tests.Peer.Commands;

/// <summary>
/// Takes part in channels as a sender, as a receiver and as a set of receivers, and then reports what the system lacks
/// according to the property, and how often the event source has reported it.
/// </summary>
internal static class ShortcomingsCommand
{
    public static void Run(Arguments arguments)
    {
        string directory = arguments.NextWord("DIRECTORY");
        arguments.RequireEnd();

        using EventLog log = new();
        ByteReceiver[] receivers = [.. Enumerable.Range(0, 3).Select(index => ByteReceiver.Create(Path.Join(directory, $"{index}")))];
        using ReceiverSet set = new(receivers);
        Thread sending = new(() =>
        {
            using ByteSender sender = ByteSender.Open(receivers[1].Path);
            Dialogue.Listen(); // The test answers when the set sleeps.
            sender.Send([7]);
        });
        sending.Start();
        Dialogue.Say("waiting");
        IReceiver ready = set.WaitAny();
        Dialogue.Say(ready == receivers[1] && receivers[1].Receive() is [7] ? "received" : "something else");
        sending.Join();
        foreach (string shortcoming in IpcChannel.Shortcomings)
        {
            Dialogue.Say(shortcoming);
            Dialogue.Say($"said {log.CountOf(shortcoming)}");
        }

        Dialogue.Say("end");
        Array.ForEach(receivers, static receiver => receiver.Dispose());
    }

    private sealed class EventLog : EventListener
    {
        private readonly List<string> _said = [];

        public int CountOf(string text)
        {
            lock (_said)
            {
                return _said.Count(said => said == text);
            }
        }

        protected override void OnEventSourceCreated(EventSource source)
        {
            if (source.Name == "IpMpsc")
            {
                EnableEvents(source, EventLevel.Warning);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs written)
        {
            if (written.EventName == "FellBack")
            {
                lock (_said)
                {
                    _said.Add($"{written.Payload![0]}");
                }
            }
        }
    }
}
