using System.Text;

namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>What is the same in all events of one logger, in UTF-8.</summary>
internal sealed class LogOrigin(string application, string category)
{
    /// <summary>The name of the application.</summary>
    public byte[] Application { get; } = Encoding.UTF8.GetBytes(application);

    /// <summary>The category of the logger.</summary>
    public byte[] Category { get; } = Encoding.UTF8.GetBytes(category);
}
