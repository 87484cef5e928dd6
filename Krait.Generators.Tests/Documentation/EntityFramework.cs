namespace Krait.Generators.Tests.Documentation;

/// <summary>The shapes of Entity Framework Core that the documentation uses, so that its snippets compile without the package.</summary>
internal static class EntityFramework
{
    public const string Namespace = "Microsoft.EntityFrameworkCore";

    public const string Source = """
        namespace Microsoft.EntityFrameworkCore
        {
            public class DbContextOptions;

            public class DbContextOptions<TContext> : DbContextOptions;

            public class DbContextOptionsBuilder;

            public class DbContext(DbContextOptions options) : IDisposable, IAsyncDisposable
            {
                protected DbContextOptions Options { get; } = options;

                public virtual DbSet<TEntity> Set<TEntity>() where TEntity : class => throw new NotSupportedException();

                public virtual Task<int> SaveChangesAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

                public virtual void Dispose() { }

                public virtual ValueTask DisposeAsync() => default;
            }

            public abstract class DbSet<TEntity> where TEntity : class
            {
                public virtual ValueTask<TEntity?> FindAsync(object?[]? keyValues, CancellationToken cancellationToken) => throw new NotSupportedException();
            }

            public interface IDbContextFactory<TContext> where TContext : DbContext
            {
                TContext CreateDbContext();

                Task<TContext> CreateDbContextAsync(CancellationToken cancellationToken = default);
            }

            public static class SqliteDbContextOptionsBuilderExtensions
            {
                public static DbContextOptionsBuilder UseSqlite(this DbContextOptionsBuilder builder, string? connectionString) => builder;
            }
        }

        namespace Microsoft.Extensions.DependencyInjection
        {
            using Microsoft.EntityFrameworkCore;

            public static class EntityFrameworkServiceCollectionExtensions
            {
                public static IServiceCollection AddDbContext<TContext>(this IServiceCollection services, Action<DbContextOptionsBuilder> options)
                    where TContext : DbContext => services;

                public static IServiceCollection AddDbContextFactory<TContext>(this IServiceCollection services, Action<DbContextOptionsBuilder> options)
                    where TContext : DbContext => services;
            }
        }
        """;
}
