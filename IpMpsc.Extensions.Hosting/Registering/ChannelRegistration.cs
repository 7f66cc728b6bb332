namespace IpMpsc.Extensions.Hosting.Registering;

/// <summary>A channel that the application has registered.</summary>
/// <param name="Name">The name under which the application knows it.</param>
/// <param name="Open">Opens it, unless it is open; null for a receiver, which its own service opens.</param>
internal sealed record ChannelRegistration(string Name, Action<IServiceProvider>? Open);
