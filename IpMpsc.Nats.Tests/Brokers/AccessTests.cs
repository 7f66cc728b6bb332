using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IpMpsc.Nats.Tests.Support;
using NATS.Client.Core;
using NATS.NKeys;

namespace IpMpsc.Nats.Tests.Brokers;

/// <summary>The options of the NATS client reach it: passwords, NKeys, TLS.</summary>
internal sealed class AccessTests : BridgeFixture
{
    [Test]
    public void PasswordIsNeededAndUsed()
    {
        using NatsServer server = new("authorization { user: bridge, password: secret }");
        Traffic.Send(Origin, 0, 10);
        using (RunningBridge stranger = Out(configure: options => options.Url = server.Url))
        {
            stranger.AwaitReason(BridgeState.Waiting, server.Url);
        }

        string url = server.Url.Replace("://", "://bridge:secret@", StringComparison.Ordinal);
        RunningBridge source = Out(configure: options => options.Url = url);
        In(configure: options => options.Url = url);
        Traffic.ReceiveAll(Target, 10);
        Assert.That(Log.Lines.Select(line => line.Message), Has.None.Contains("secret"));
        source.ExpectMessages(10);
    }

    [Test]
    public void NKeyIsUsed()
    {
        using KeyPair pair = KeyPair.CreatePair(PrefixByte.User);
        using NatsServer server = new($"authorization {{ users: [{{ nkey: {pair.GetPublicKey()} }}] }}");
        Traffic.Send(Origin, 0, 10);
        File.WriteAllText(Here["seed"], $"{pair.GetSeed()}\n{pair.GetPublicKey()}\n");
        NatsOpts connection = NatsOpts.Default with { Url = server.Url, AuthOpts = NatsAuthOpts.Default with { NKeyFile = Here["seed"] } };
        Carry(connection);
    }

    [Test]
    public void TlsIsUsed()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=broker", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Here["broker.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(Here["broker.key"], key.ExportPkcs8PrivateKeyPem());
        using NatsServer server = new($$"""tls { cert_file: "{{Here["broker.pem"]}}", key_file: "{{Here["broker.key"]}}" }""");
        Traffic.Send(Origin, 0, 10);
        using (RunningBridge stranger = Out(configure: options => options.Url = server.Url))
        {
            stranger.AwaitReason(BridgeState.Waiting, server.Url); // It does not know the authority.
        }

        Carry(NatsOpts.Default with { Url = server.Url, TlsOpts = NatsTlsOpts.Default with { CaFile = Here["broker.pem"] } });
    }

    private void Carry(NatsOpts connection)
    {
        Out(configure: options => options.Connection = connection);
        In(configure: options => options.Connection = connection);
        Traffic.ReceiveAll(Target, 10);
    }
}
