using IpMpsc.Generated;

namespace IpMpsc.Extensions.Hosting.Receiving;

/// <summary>A receiver of several message types, which are known when the application is built and not when it is compiled.</summary>
internal sealed class HostedProtocolReceiver(ProtocolSchema schema, string name, IpcChannelOptions? options)
    : ProtocolReceiver(schema, name, options, ProtocolOpening.OpenOrCreate)
{
    /// <summary>Receives the next message of any type and holds it, if there is one now.</summary>
    public bool TryHold(out HeldRecord record) => TryHoldRecord(out record);
}
