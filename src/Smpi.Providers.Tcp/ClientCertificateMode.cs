namespace Smpi;

/// <summary>Whether a TLS listener asks its peers for a certificate.</summary>
public enum ClientCertificateMode
{
    /// <summary>It does not ask.</summary>
    None = 0,

    /// <summary>It asks; a peer may have none, but one that it shows must be trusted.</summary>
    Optional = 1,

    /// <summary>It refuses peers without a trusted certificate.</summary>
    Required = 2,
}
