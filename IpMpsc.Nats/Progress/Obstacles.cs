using IpMpsc.Schemas;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace IpMpsc.Nats.Progress;

/// <summary>Tells for any failure whether time may help, and in words what the bridge waits for.</summary>
internal static class Obstacles
{
    public static (BridgeState State, string Reason) Of(Exception failure, string broker) => failure switch
    {
        BridgeObstacle known => (known.State, known.Message),
        NatsJSApiNoResponseException or NatsNoRespondersException =>
            (BridgeState.Waiting, $"JetStream of the broker {broker}: nothing answers. It may not be ready, or not be enabled (nats-server -js)."),
        NatsJSApiException refused => (BridgeState.Waiting, $"the broker {broker}: it answers '{refused.Error.Description}'."),
        StreamConflict => (BridgeState.Waiting, $"the broker {broker}: its stream changes faster than this bridge can follow."),
        OperationCanceledException or ObjectDisposedException => (BridgeState.Waiting, $"the broker {broker}: the connection was lost."),
        NatsException or TimeoutException or IOException => (BridgeState.Waiting, $"the broker {broker}: {Innermost(failure).TrimEnd('.')}."),
        ChannelNotFoundException or ChannelInUseException or ChannelRetiredException or ReceiverGoneException =>
            (BridgeState.Waiting, $"the channel: {failure.Message}"),
        ChannelException or SchemaFormatException or ArgumentException => (BridgeState.Refused, failure.Message),
        _ => (BridgeState.Refused, $"an unexpected failure: {failure.Message}"),
    };

    /// <summary>NATS says why it cannot connect in the exception within the exception.</summary>
    private static string Innermost(Exception failure) =>
        failure.InnerException is { } inner && inner.Message != failure.Message ? $"{failure.Message.TrimEnd('.')}: {Innermost(inner)}" : failure.Message;
}
