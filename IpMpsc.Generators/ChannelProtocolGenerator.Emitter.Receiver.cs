using IpMpsc.Generators.Models;
using IpMpsc.Generators.Text;

namespace IpMpsc.Generators;

public sealed partial class ChannelProtocolGenerator
{
    /// <content>The receiving side: a handler, or a message that tells what it is.</content>
    private sealed partial class Emitter
    {
        private const string Record = "__ipmpsc::ReceivedRecord";

        private const string HeldRecord = "__ipmpsc::HeldRecord";

        private void EmitMessage()
        {
            _source.Line("""

                /// <summary>
                /// A message of any type of the protocol, read in place. Dispose releases it; the next receive needs that.
                /// </summary>
                """);
            EmitHandle("readonly ref struct Message", "Message", Record);
        }

        private void EmitHeldMessage()
        {
            _source.Line("""

                /// <summary>
                /// A message of any type of the protocol that stays in the ring while the receiver receives the following ones. It can be
                /// stored, used across an <c>await</c> and disposed on any thread. Dispose releases it.
                /// </summary>
                """);
            EmitHandle("readonly struct HeldMessage : global::System.IDisposable", "HeldMessage", HeldRecord);
        }

        private void EmitHandle(string declaration, string name, string record)
        {
            _source.Line(GeneratedFile.Attributes);
            using (_source.Open($"{protocol.Accessibility} {declaration}"))
            {
                _source.Line($$"""
                    private readonly {{record}} _record;

                    internal {{name}}({{record}} record) => _record = record;

                    /// <summary>What the message is.</summary>
                    public MessageKind Kind => (MessageKind)_record.MessageId;

                    /// <summary>The position of the message in bytes since the channel was created.</summary>
                    public long Position => _record.Position;
                    """);
                if (record == HeldRecord)
                {
                    _source.Line("""

                        /// <summary>Whether the message was not released yet.</summary>
                        public bool IsHeld => _record.IsHeld;
                        """);
                }

                foreach (ProtocolMessage message in protocol.Messages)
                {
                    _source.Line($"""

                        /// <summary>The message as a <see cref="{message.TypeName}"/>.</summary>
                        /// <exception cref="global::System.InvalidOperationException">It is of another kind.</exception>
                        public {message.TypeName}.View As{message.Name} =>
                            new(_record.PayloadOf<{message.TypeName}>(), _record.SchemaVersion);
                        """);
                }

                _source.Line("""

                    /// <summary>Releases the message; does nothing if it was released before.</summary>
                    public void Dispose() => _record.Dispose();
                    """);
            }
        }

        private void EmitReceiver()
        {
            _source.Line($"""

                /// <summary>Receives the messages of the protocol; for one thread at a time.</summary>
                {GeneratedFile.Attributes}
                """);
            using (_source.Open($"{protocol.Accessibility} sealed class Receiver : __generated::ProtocolReceiver"))
            {
                _source.Line($$"""
                    internal Receiver({{OpenParameters}}, __generated::ProtocolOpening opening)
                        : base(s_schema, name, options, opening)
                    {
                    }

                    internal Receiver(__ipmpsc::IpcChannelOptions? options) : base(s_schema, options)
                    {
                    }

                    /// <summary>Receives the next message in place, as soon as there is one.</summary>
                    public Message Receive({{Token}}) => new(ReceiveRecord(cancellationToken));

                    /// <summary>Receives the next message in place, if there is one now.</summary>
                    public bool TryReceive(out Message message)
                    {
                        bool received = TryReceiveRecord(out {{Record}} record);
                        message = new Message(record);
                        return received;
                    }

                    /// <summary>Receives the next message in place, if one comes within a time.</summary>
                    public bool TryReceive(out Message message, {{Timeout}}, {{Token}})
                    {
                        bool received = TryReceiveRecord(out {{Record}} record, timeout, cancellationToken);
                        message = new Message(record);
                        return received;
                    }

                    /// <summary>Receives the next message and holds it; waits until there is one.</summary>
                    public HeldMessage Hold({{Token}}) => new(HoldRecord(cancellationToken));

                    /// <summary>Receives the next message and holds it, if there is one now.</summary>
                    public bool TryHold(out HeldMessage message)
                    {
                        bool received = TryHoldRecord(out {{HeldRecord}} record);
                        message = new HeldMessage(record);
                        return received;
                    }

                    /// <summary>Receives the next message and holds it, if one comes within a timeout.</summary>
                    public bool TryHold(out HeldMessage message, {{Timeout}}, {{Token}})
                    {
                        bool received = TryHoldRecord(out {{HeldRecord}} record, timeout, cancellationToken);
                        message = new HeldMessage(record);
                        return received;
                    }

                    /// <summary>Receives the next message and holds it; completes when there is one.</summary>
                    public async global::System.Threading.Tasks.ValueTask<HeldMessage> HoldAsync({{Token}}) =>
                        new(await HoldRecordAsync(cancellationToken).ConfigureAwait(false));

                    /// <summary>
                    /// All messages as they arrive, each of them held, for <c>await foreach</c>. The loop does not release them: dispose each
                    /// one, in any order and on any thread.
                    /// </summary>
                    public async global::System.Collections.Generic.IAsyncEnumerable<HeldMessage> HoldAllAsync(
                        [global::System.Runtime.CompilerServices.EnumeratorCancellation] {{Token}})
                    {
                        while (await WaitToReceiveAsync(cancellationToken).ConfigureAwait(false))
                        {
                            while (TryHold(out HeldMessage message))
                            {
                                yield return message;
                            }
                        }
                    }

                    /// <summary>Lets a handler see the next message, as soon as there is one.</summary>
                    public void ReceiveTo<THandler>(THandler handler, {{Token}}) where THandler : IHandler =>
                        Dispatch(ReceiveRecord(cancellationToken), handler);

                    /// <summary>Lets a handler see the next message, if there is one now.</summary>
                    public bool TryReceiveTo<THandler>(THandler handler) where THandler : IHandler
                    {
                        bool received = TryReceiveRecord(out {{Record}} record);
                        if (received)
                        {
                            Dispatch(record, handler);
                        }

                        return received;
                    }

                    /// <summary>Lets a handler see the next message, if one comes within a time.</summary>
                    public bool TryReceiveTo<THandler>(THandler handler, {{Timeout}}, {{Token}})
                        where THandler : IHandler
                    {
                        bool received = TryReceiveRecord(out {{Record}} record, timeout, cancellationToken);
                        if (received)
                        {
                            Dispatch(record, handler);
                        }

                        return received;
                    }

                    /// <summary>Lets a handler see the messages that are there now, up to a number of them.</summary>
                    public int DrainTo<THandler>(THandler handler, int maxMessages = int.MaxValue) where THandler : IHandler
                    {
                        int handled = 0;
                        while (handled < maxMessages && TryReceiveTo(handler))
                        {
                            handled++;
                        }

                        return handled;
                    }

                    """);
                EmitDispatch();
            }
        }

        private void EmitDispatch()
        {
            // The id is one of these: the base class steps over all others.
            using (_source.Open($"private static void Dispatch<THandler>({Record} record, THandler handler) where THandler : IHandler"))
            using (_source.Open("using (record)"))
            {
                if (!protocol.Messages.IsEmpty)
                {
                    EmitSwitch();
                }
            }
        }

        private void EmitSwitch()
        {
            using (_source.Open("switch (record.MessageId)"))
            {
                foreach (ProtocolMessage message in protocol.Messages)
                {
                    _source.Line($"""
                        case {message.Id}:
                            handler.Handle(new {message.TypeName}.View(record.Payload, record.SchemaVersion));
                            break;
                        """);
                }
            }
        }
    }
}
