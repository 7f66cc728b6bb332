using IpMpsc.Nats.Brokers;
using IpMpsc.Nats.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace IpMpsc.Nats;

/// <summary>Says where a bridge leads.</summary>
public sealed class ChannelBridgeBuilder
{
    internal ChannelBridgeBuilder(IServiceCollection services, string channel)
    {
        Services = services;
        Channel = channel;
    }

    /// <summary>The services of the application.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The name of the channel.</summary>
    public string Channel { get; }

    /// <summary>
    /// Carries the messages of the channel into a stream, as its receiver. Several channels, on any machines, may go into one stream.
    /// </summary>
    /// <param name="stream">The name of the stream.</param>
    /// <param name="configure">Changes the options after the configuration has set them.</param>
    /// <exception cref="ArgumentException">The name of the stream is not valid.</exception>
    public ChannelBridgeBuilder ToJetStream(string stream, Action<JetStreamSourceOptions>? configure = null) => Add(stream, services =>
    {
        JetStreamSourceOptions options = new();
        services.Configure(Channel, options);
        configure?.Invoke(options);
        return new JetStreamSource(services.PathOf(Channel), stream, options, services.OptionsOf(Channel), services.BridgeLogger());
    });

    /// <summary>
    /// Sends the messages of a stream to the channel, which is created if it does not exist. Several channels, on any machines, may come from one stream.
    /// </summary>
    /// <param name="stream">The name of the stream.</param>
    /// <param name="configure">Changes the options after the configuration has set them.</param>
    /// <exception cref="ArgumentException">The name of the stream is not valid.</exception>
    public ChannelBridgeBuilder FromJetStream(string stream, Action<JetStreamSinkOptions>? configure = null) => Add(stream, services =>
    {
        JetStreamSinkOptions options = new();
        services.Configure(Channel, options);
        configure?.Invoke(options);
        return new JetStreamSink(services.PathOf(Channel), stream, options, services.OptionsOf(Channel), services.BridgeLogger());
    });

    private ChannelBridgeBuilder Add(string stream, Func<IServiceProvider, JetStreamBridge> make)
    {
        Subjects.RequireStream(stream);
        BridgeRegistration registration = new(Channel, make);
        Services.AddSingleton(registration);
        Services.AddSingleton<IHostedService>(provider => new BridgeService(provider, registration));
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<HealthCheckServiceOptions>, BridgeHealthRegistration>());
        return this;
    }
}
