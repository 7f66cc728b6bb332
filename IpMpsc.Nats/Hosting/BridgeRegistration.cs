namespace IpMpsc.Nats.Hosting;

/// <summary>A bridge that the application has registered.</summary>
/// <param name="channel">The name under which the application knows its channel.</param>
/// <param name="make">Makes it.</param>
internal sealed class BridgeRegistration(string channel, Func<IServiceProvider, JetStreamBridge> make)
{
    public string Channel => channel;

    /// <summary>The bridge; null until the host starts.</summary>
    public JetStreamBridge? Bridge { get; private set; }

    /// <summary>Makes the bridge.</summary>
    public JetStreamBridge Make(IServiceProvider services) => Bridge = make(services);
}
