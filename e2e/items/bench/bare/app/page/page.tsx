import { firstPage } from "../../rows";

export const dynamic = "force-dynamic";

export default async function BarePage({ searchParams }: { searchParams: Promise<{ tenant: string }> }) {
  const { tenant } = await searchParams;
  return (
    <ul>
      {(await firstPage(tenant)).map(({ id, name, description, created_at }) => (
        <li key={id}>
          <h2>{name}</h2>
          <p>{description}</p>
          <time dateTime={created_at.toISOString()}>{created_at.toISOString()}</time>
        </li>
      ))}
    </ul>
  );
}
